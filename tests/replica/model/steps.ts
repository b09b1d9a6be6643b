import fc from 'fast-check'

/** What one writer does to one of a few records. `newKind` and `newField` are records that only a newer app can read. */
export type Write =
  | { do: 'put'; id: number; title: number; as: 'article' | 'park' | 'newKind' | 'newField' }
  | { do: 'withdraw'; id: number }

/** What happens at the feed. Each list of writes is one writer's; all writers are at work at once. */
export type FeedStep =
  { do: 'publish'; writers: Write[][] } | { do: 'list' | 'compact' | 'newEpoch' | 'backUp' | 'restore' }

const NETWORK = [
  'offline',
  'portal',
  'cut',
  'damaged',
  'gone',
  'error500',
  'updateNeeded',
  'stuckEdge',
  'mixedUp',
] as const
const STORAGE = ['full', 'fullAtCommit', 'killed', 'commitLost', 'refused', 'dropped', 'crash'] as const
export type NetworkTrouble = (typeof NETWORK)[number]
type StorageTrouble = (typeof STORAGE)[number]
type Trouble = 'none' | NetworkTrouble | StorageTrouble

/** Whether it is the phone's storage that gives trouble, or the whole tab. */
export function isOfStorage(trouble: Trouble): trouble is StorageTrouble {
  return (STORAGE as readonly string[]).includes(trouble)
}

/** A phone's sync. */
interface SyncStep {
  do: 'sync'
  tab: number
  trouble: Trouble
  /** After how many answers of the network, or operations of the storage, the trouble begins. */
  after: number
  /** Chooses the edge of each request; 0 stays with the tab's own. */
  edges: number
  /** Whether the other tab syncs at the same time, where the storage is sound. */
  together: boolean
  /** What happens at the feed while it syncs, after so many answers. */
  meanwhile?: { step: FeedStep; answers: number }
}

export type Step = FeedStep | SyncStep | { do: 'pass'; seconds: number }

export interface History {
  stepSize: number
  /** A multiple of `stepSize`. */
  segmentSize: number
  /** Changes that were published before it begins. */
  before: number
  steps: Step[]
}

const id = fc.nat({ max: 9 })
const write: fc.Arbitrary<Write> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('put' as const),
      id,
      title: fc.nat({ max: 999 }),
      as: fc.constantFrom('article', 'article', 'park', 'newKind', 'newField'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), id }) },
)

function feedSteps(writers: number): fc.Arbitrary<FeedStep> {
  const all = fc.array(fc.array(write, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: writers })
  const many = fc.array(fc.array(write, { minLength: 1, maxLength: 2 }), { minLength: writers, maxLength: writers })
  const publish = (some: fc.Arbitrary<Write[][]>) => fc.record({ do: fc.constant('publish' as const), writers: some })
  return fc.oneof(
    { weight: 6, arbitrary: publish(all) },
    { weight: 2, arbitrary: publish(many) },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constantFrom('list', 'compact', 'newEpoch', 'backUp', 'restore', 'restore') }),
    },
  )
}

function syncSteps(feedStep: fc.Arbitrary<FeedStep>): fc.Arbitrary<SyncStep> {
  return fc
    .record({
      do: fc.constant('sync' as const),
      tab: fc.nat({ max: 1 }),
      trouble: fc.oneof(
        { weight: 2, arbitrary: fc.constant('none' as const) },
        { weight: 3, arbitrary: fc.constantFrom(...NETWORK) },
        { weight: 2, arbitrary: fc.constantFrom(...STORAGE) },
        { weight: 2, arbitrary: fc.constant('crash' as const) },
      ),
      after: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 60 })),
      edges: fc.oneof(fc.constant(0), fc.nat()),
      together: fc.boolean(),
    })
    .chain((sync) =>
      fc
        .option(fc.record({ step: feedStep, answers: fc.nat({ max: 3 }) }), { nil: undefined, freq: 3 })
        .map((meanwhile) => (meanwhile === undefined ? sync : { ...sync, meanwhile })),
    )
}

/** How long a history may be, how many may write at once, and what was published before. */
interface Size {
  steps: number
  writers: number
  before: number
}

export function histories({ steps, writers, before }: Size): fc.Arbitrary<History> {
  const feedStep = feedSteps(writers)
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 5, arbitrary: feedStep },
    { weight: 8, arbitrary: syncSteps(feedStep) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.constantFrom(5, 40, 400) }) },
  )
  const sizes = fc
    .record({ stepSize: fc.integer({ min: 1, max: 3 }), steps: fc.integer({ min: 1, max: 6 }) })
    .map(({ stepSize, steps: inSegment }) => ({ stepSize, segmentSize: stepSize * inSegment }))
  const events = fc.record({
    before: fc.nat({ max: before }),
    steps: fc.array(step, { minLength: 3, maxLength: steps, size: 'max' }),
  })
  return fc.tuple(sizes, events).map(([size, history]) => ({ ...size, ...history }))
}
