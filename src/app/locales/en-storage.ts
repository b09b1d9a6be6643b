import type { Texts } from './messages.ts'
import type zhCN from './zh-CN-storage.ts'

const en: Texts<typeof zhCN> = {
  storage: {
    copy: 'Content on this phone',
    asOf: 'As of',
    never: 'No content',
    items: '{count}',
    sync: 'Check for updates',
    syncing: 'Updating…',
    clear: 'Clear and fetch again',
    clearAsk:
      'Clears only what can be fetched again, not your requests; texts of bookmarks and stops come back first. Do not do it without a signal.',
    clearOffline:
      'The server is not reached now: until it is, there is nothing to read, and of bookmarks and stops only titles. Your requests stay.',
    dropped:
      'The browser had cleared the content; it has been fetched again. Your requests, bookmarks and stops are kept apart.',
    depth: 'What is kept on this phone',
    depths: { titles: 'Titles only', texts: 'Titles and texts', everything: 'Everything with pictures' },
    fewer: { titles: 'Delete, and keep titles only', texts: 'Delete, and keep titles and texts' },
    fewerAsk: {
      titles:
        'Texts, pictures and attachments on this phone will be deleted, except those of bookmarks and site visit packs. To read them again you need a signal.',
      texts:
        'Pictures and attachments on this phone will be deleted, except those of bookmarks and site visit packs. To see them again you need a signal.',
    },
    notKept: 'This phone could not keep the choice: it holds until the app is closed; choose again after that.',
    sized: '{name} ({size})',
    sizedAtLeast: '{name} ({size} or more)',
    unknownSizes: '{count} file of unknown size is not counted. | {count} files of unknown size are not counted.',
    withIndex: 'Sizes with texts include the index for searching.',
    bringing: {
      bringing: 'Being fetched…',
      done: 'All that is wanted is on this phone',
      paused: 'Paused',
      savesData: 'Paused, as this phone saves data',
      full: 'Not enough room: the rest is not kept',
      unreachable: 'Some of it could not be fetched; it goes on by itself once the server is reached',
    },
    progress: {
      texts: 'Texts {here}/{wanted}',
      files: 'Pictures and files {here}/{wanted}',
      bytes: ', {here} / {wanted}',
    },
    pause: 'Pause',
    goOn: 'Go on',
    keptFirst: 'Bookmarks and stops always come first, with pictures and files, and never make way.',
    worker: 'The app opens offline, with what is kept above.',
    workerComing: 'Does not open offline yet: the app is still being fetched, and goes on with a signal.',
    noWorker: 'This browser cannot open it offline. Open pages go on working, and requests are kept all the same.',
    room: 'Room',
    used: 'Used',
    about: 'about {size}',
    quota: 'At most',
    persisted: 'Kept for good',
    granted: 'Granted',
    notGranted: 'Not granted; the browser may clear it when space is short',
    persist: 'Ask to keep it',
    persistRefused: 'Not granted now. Adding this site to the home screen usually helps.',
  },
}

export default en
