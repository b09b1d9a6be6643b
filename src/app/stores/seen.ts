import type { ListItem, ShownRecord } from '#domain/record/list-item.ts'
import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { fingerprint } from '../fingerprint.ts'
import { readStored, writeStored } from '../stored-json.ts'

const KEY = 'luodi-seen'
/** What was seen longest ago is forgotten first; 2,000 take some 60 kB. */
const MOST = 2000

type Named = Pick<ListItem, 'kind' | 'id'>

const nameOf = ({ kind, id }: Named) => `${kind}/${id}`

/**
 * Which version of each record the person saw last, in a list or opened. Kept on this phone only, and nothing is lost when it is
 * dropped: then nothing counts as changed. No schema: this is in every first visit.
 */
export const useSeen = defineStore('seen', () => {
  const versions = shallowReactive(new Map<string, string>())
  let restored = false
  let isToSave = false

  /** Takes over what is stored on this phone, once; after mounting. */
  function restore(): void {
    if (restored) return
    restored = true
    for (const [name, version] of stored()) versions.set(name, version)
  }

  /** A list shows it: from now on a newer version of it is news. */
  function listed(item: ListItem): void {
    if (!versions.has(nameOf(item))) remember(item)
  }

  /** The person has opened it. */
  function opened(item: ListItem | ShownRecord): void {
    if (!isCurrent(item)) remember(item)
  }

  /** Whether it has changed since the person saw it last. What they never saw is not news. */
  function isChanged(item: ListItem): boolean {
    return versions.has(nameOf(item)) && !isCurrent(item)
  }

  /** Whether the person ever saw it. */
  function isKnown(named: Named): boolean {
    return versions.has(nameOf(named))
  }

  const isCurrent = (item: ListItem | ShownRecord) => versions.get(nameOf(item)) === fingerprint(item)

  function remember(item: ListItem | ShownRecord): void {
    versions.delete(nameOf(item))
    versions.set(nameOf(item), fingerprint(item))
    if (versions.size > MOST)
      for (const name of [...versions.keys()].slice(0, versions.size - MOST)) versions.delete(name)
    save()
  }

  /** Once for all that is seen at a time: a list shows twenty. Another tab may have added to it. */
  function save(): void {
    if (isToSave) return
    isToSave = true
    queueMicrotask(() => {
      if (isToSave) writeStored(KEY, [...new Map([...stored(), ...versions])].slice(-MOST))
      isToSave = false
    })
  }

  /** The phone is somebody else's from now on. */
  function forget(): void {
    versions.clear()
    isToSave = false
    writeStored(KEY, undefined)
  }

  return { restore, listed, opened, isChanged, isKnown, forget }
})

function stored(): [string, string][] {
  const value = readStored(KEY)
  return Array.isArray(value) ? value.filter(isEntry) : []
}

function isEntry(entry: unknown): entry is [string, string] {
  return Array.isArray(entry) && entry.length === 2 && entry.every((part) => typeof part === 'string')
}
