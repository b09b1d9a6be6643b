import type { Point } from '#domain/geo.ts'
import gcoord from 'gcoord'
import { ref, type Ref } from 'vue'

export type PositionState = 'idle' | 'asking' | 'refused' | 'unavailable'

const position = ref<Point>()

/** Where the phone is, in GCJ-02 like the records; asked only when the person wants it, and it never leaves the phone. */
export function usePosition(): {
  position: Readonly<Ref<Point | undefined>>
  state: Readonly<Ref<PositionState>>
  ask: () => void
} {
  const state = ref<PositionState>('idle')

  function ask(): void {
    if (!('geolocation' in navigator)) {
      state.value = 'unavailable'
      return
    }
    state.value = 'asking'
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const [lng, lat] = gcoord.transform([coords.longitude, coords.latitude], gcoord.WGS84, gcoord.GCJ02)
        position.value = { lng, lat }
        state.value = 'idle'
      },
      (error) => {
        state.value = error.code === error.PERMISSION_DENIED ? 'refused' : 'unavailable'
      },
      { enableHighAccuracy: true, maximumAge: 60_000, timeout: 20_000 },
    )
  }

  return { position, state, ask }
}
