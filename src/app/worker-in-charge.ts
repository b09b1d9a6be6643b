/** Resolves when a service worker is in charge of this page: only then does what is kept for it serve. */
export async function workerInCharge(): Promise<void> {
  const { serviceWorker } = navigator
  if (serviceWorker.controller !== null) return
  await new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve, { once: true }))
}
