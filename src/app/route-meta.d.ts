import type { RecordKind } from '#domain/record/kind.ts'
import 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    /** The page stays alive behind the next one. */
    keep?: boolean
    /** A form, which can be posted without JavaScript too. */
    form?: true
    /** Which tab it belongs to. */
    tab?: RecordKind | 'home' | 'me'
    /** Whether the calls to act stand at its foot, and about which kind of record. */
    calls?: RecordKind | true
  }
}
