import type { Texts } from './messages.ts'
import type zhCN from './zh-CN-requests.ts'

const en: Texts<typeof zhCN> = {
  files: {
    title: 'Attachments',
    hint: 'Photographs or PDF, up to {most} and {room} together.',
    camera: 'Take a photo',
    choose: 'Choose photos or PDF',
    original: 'Keep originals (may hold the place)',
    originalHint: 'Unless ticked, photos are made smaller on this phone and the place is taken out.',
    total: '{count} of {most} attached, {size} of {room}',
    adding: 'Storing on this phone… {count} to go',
    remove: 'Remove {name}',
    notAdded: '“{name}” was not attached: {reason}',
    reasons: {
      name: 'its name holds an ID-card number or nothing readable; rename it and choose it again',
      full: 'this phone is full; free some space and try again',
      unavailable: 'this browser did not store it; try another browser, or submit without it',
      unreadable: 'it cannot be read; please choose another',
    },
    asking: 'This photo cannot be made smaller here, and the original may hold the place: {name}',
    asIs: 'Attach as it is',
    decide: 'Please decide about this photo first',
    noScript: 'Without JavaScript no files can be attached: submit the form, then contact us with the receipt number.',
    sent: 'Attachments',
    waiting: 'Waiting',
    progress: '{percent}% sent',
    delivered: 'Delivered',
    missing: 'Not at the server',
  },
  missing: {
    mark: 'Attachments missing',
    title: 'The form was delivered, not all attachments',
    dropped: 'The recovered server lacks these attachments, and this phone no longer keeps them:',
    advice:
      'If they are still needed, contact the office with the receipt number, or withdraw and submit anew with them.',
    unreadable: 'The form is registered, but these attachments are damaged or unreadable here and did not arrive:',
    correct: 'Correct it and attach them again; the new one takes the place of this.',
  },
  attaching: {
    registered: 'The form is registered',
    parts: 'Attachments {done}/{all} delivered',
    left: '{count} attachment still to arrive | {count} attachments still to arrive',
    hint: 'Attachments are being sent; they stay on this phone until all have arrived.',
    removeAsk:
      'The form is registered and goes on, but {count} attachment has not arrived, and the server would never get it. | The form is registered and goes on, but {count} attachments have not arrived, and the server would never get them.',
  },
  restoring: 'The server is recovering; it is being delivered again, as a rule under the same receipt number',
  renumbered: 'The recovered server gave it another receipt number; before it was {numbers}',
  partRefused: 'The form is registered, but an attachment was not accepted. Correct it and submit again in its place.',
  overdue: {
    mark: 'Not delivered for over 24 hours',
    title:
      '{count} request has not been delivered for over 24 hours | {count} requests have not been delivered for over 24 hours',
    one: 'This request has not been delivered for over 24 hours',
    advice:
      'Tap “Send now”; if that does not help, use “Export what is unsent” and hand the file to an officer, or telephone the office you deal with. All of it is still on this phone.',
    look: 'Look',
  },
  overdueWithdrawal: {
    mark: 'Not withdrawn for over 24 hours',
    title:
      '{count} request could not be withdrawn for over 24 hours | {count} requests could not be withdrawn for over 24 hours',
    one: 'This request could not be withdrawn for over 24 hours',
    advice:
      'Tap “Send now” to try again; if that does not help, telephone the office you deal with: an officer can withdraw it by its receipt number. Without one, tell when and in whose name it was submitted.',
  },
  wiped: {
    title:
      'The browser cleared this phone’s data: the record of {count} request is gone from it | The browser cleared this phone’s data: records of {count} requests are gone from it',
    meaning:
      'What was “Delivered” is being worked on; contact us with its receipt number. What was not must be sent again.',
    known: 'Understood',
  },
  export: {
    title: 'Requests not delivered',
    count: '{count} request on this phone is not delivered | {count} requests on this phone are not delivered',
    name: 'luodi-unsent-{date}.json',
    hint: 'The file holds attachments too. An officer can register it under the same numbers; if it also arrives later, it counts once.',
    done: 'Exported: {name}',
    failed:
      'It was not exported; all of it is still on this phone. Close other apps, free some space and try again, or telephone the office you deal with.',
    form: 'Export what was filled in',
    formName: 'luodi-{form}-{date}.txt',
  },
  begun: {
    elsewhere:
      '{count} more of this form ({form}) is not finished, and kept on this phone. | {count} more of this form ({form}) are not finished, and kept on this phone.',
    goOn: 'Go on writing',
    state: 'Not finished',
    savedAt: 'Saved here {time}; tap to go on',
    drop: 'Delete this draft',
    dropAsk: '{form}: what was typed and its attachments leave this phone for good.',
  },
  draft: {
    submitted: 'This form was submitted on another page.',
    deleted: 'The draft of this form was deleted on another page.',
    stays:
      'What was typed on this page stays; files have to be attached again. It is not stored again by itself; changes make a new one.',
    renewed: 'What is on this page is stored as a new one.',
    elsewhere:
      'Another page has begun a new one: what this page shows is still here, but is not saved. Submit it here, or clear the page to go on with the new one.',
    see: 'See that request',
    clear: 'Clear this page',
    earlier: 'Filled in earlier',
    earlierHint: 'Saved by another version of the form, with fields that this one does not know. Copy what you need.',
    unreadable: 'An unfinished form that this version cannot read',
    unreadableHint: 'Another version saved it, and it stays on this phone. Copy it and fill it into the form.',
    copy: 'Copy',
    drop: 'Delete this',
    dropAsk: 'It cannot be brought back.',
  },
  own: { fill: 'Use my details from last time', done: 'Filled in as last time; please check' },
  again: {
    go: 'Start a new one from this',
    filled: 'This is what the withdrawn one said. Change what you like and submit again.',
    kept: 'This form was already begun: what the withdrawn one said was not put in its place.',
  },
  attachments: 'Attachments (drafts and requests)',
}

export default en
