import type { Point } from '#domain/geo.ts'
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

  async function place({ longitude, latitude }: GeolocationCoordinates): Promise<void> {
    try {
      const { default: gcoord } = await import('gcoord')
      const [lng, lat] = gcoord.transform([longitude, latitude], gcoord.WGS84, gcoord.GCJ02)
      position.value = { lng, lat }
      state.value = 'idle'
    } catch {
      // The code that converts could not be had: no worker, no network.
      state.value = 'unavailable'
    }
  }

  function ask(): void {
    if (!('geolocation' in navigator)) {
      state.value = 'unavailable'
      return
    }
    state.value = 'asking'
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => void place(coords),
      (error) => {
        state.value = error.code === error.PERMISSION_DENIED ? 'refused' : 'unavailable'
      },
      { enableHighAccuracy: true, maximumAge: 60_000, timeout: 20_000 },
    )
  }

  return { position, state, ask }
}
