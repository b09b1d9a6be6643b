/** In the page: notes when the first row of the list has been painted. */
export function watchList() {
  const look = () => {
    if (document.querySelector('main ul a') === null) return requestAnimationFrame(look)
    return requestAnimationFrame(() => (globalThis.listAt = performance.now()))
  }
  requestAnimationFrame(look)
}

/** Whether all texts are on the phone. */
export const isFilled = () => document.body.innerText.includes('要存的内容都在这部手机上')
