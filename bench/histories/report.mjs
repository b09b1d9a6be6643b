import { table } from '../lib/table.mjs'

/** What happened on each database, how its syncs ended, and how often each trouble was met. */
export function report(stores, seconds) {
  const all = stores.map(({ statistics }) => statistics)
  const sum = all.reduce((total, { histories }) => total + histories, 0)
  return [
    counts('what', all, stores, ({ syncs: _syncs, troubles: _troubles, ...rest }) => Object.entries(rest)),
    counts('syncs that ended', all, stores, ({ syncs }) => [...syncs]),
    counts('trouble', all, stores, ({ troubles }) => [...troubles]),
    `${sum} histories in ${Math.round(seconds)} s; none broke a promise.`,
  ].join('\n\n')
}

function counts(head, all, stores, entriesOf) {
  const maps = all.map((statistics) => new Map(entriesOf(statistics)))
  const names = [...new Set(maps.flatMap((map) => [...map.keys()]))]
  return table(
    [head, ...stores.map(({ name }) => name)],
    names.map((name) => [name, ...maps.map((map) => String(map.get(name) ?? 0))]),
  )
}
