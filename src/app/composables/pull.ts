import { onBeforeUnmount, onMounted, ref } from 'vue'

/** How far a finger has to pull, CSS pixels. */
const FAR = 72
/** The page follows a finger at this part of its way, as if it were heavy. */
const WEIGHT = 0.5

/**
 * Pulling the page down from its top. The browser's own answer to that, loading the page anew, is off meanwhile.
 * @param release called when the finger lets go far enough down
 * @returns how far it is pulled: 0 at rest, 1 where letting go refreshes
 */
export function usePull(release: () => void) {
  const pulled = ref(0)
  let start: { x: number; y: number } | undefined

  const begin = ({ touches }: TouchEvent) => {
    const [touch] = touches
    start =
      touch !== undefined && touches.length === 1 && window.scrollY <= 0
        ? { x: touch.clientX, y: touch.clientY }
        : undefined
  }
  const move = ({ touches }: TouchEvent) => {
    const [touch] = touches
    if (start === undefined || touch === undefined) return
    const [x, y] = [touch.clientX - start.x, touch.clientY - start.y]
    // To the side it is another gesture, up it is scrolling.
    if (pulled.value === 0 && Math.abs(x) > Math.max(0, y)) start = undefined
    else pulled.value = Math.min(1, Math.max(0, (y * WEIGHT) / FAR))
  }
  const cancel = () => {
    pulled.value = 0
    start = undefined
  }
  const end = () => {
    const isFar = pulled.value >= 1
    cancel()
    if (isFar) release()
  }

  const listeners = { touchstart: begin, touchmove: move, touchend: end, touchcancel: cancel } as const
  const each = (what: 'addEventListener' | 'removeEventListener') => {
    for (const [name, listener] of Object.entries(listeners)) {
      document[what](name, listener as EventListener, { passive: true })
    }
  }
  onMounted(() => {
    each('addEventListener')
    document.documentElement.style.overscrollBehaviorY = 'contain'
  })
  onBeforeUnmount(() => {
    each('removeEventListener')
    document.documentElement.style.overscrollBehaviorY = ''
  })
  return pulled
}
