import { expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { followDuringFirst } from '#app/first-page.ts'

/** A router whose pages come when they are told to, on its way to the second of two addresses. */
function onItsWay(isRendered: boolean) {
  let come = () => {}
  const code = new Promise<void>((done) => (come = done))
  const component = () => code.then(() => ({ render: () => null }))
  const history = createMemoryHistory()
  history.replace('/parks')
  history.push('/parks/jiabei')
  const router = createRouter({ history, routes: [{ path: '/:path(.*)', component }] })
  followDuringFirst(router, isRendered)
  const first = router.push(history.location)
  return { router, history, come, first }
}

test('whoever goes back in the shell while its first page is on its way is shown the page before', async () => {
  const { router, history, come, first } = onItsWay(false)
  history.go(-1)
  come()
  await first
  expect(router.currentRoute.value.fullPath).toBe('/parks')
  expect(history.location).toBe('/parks')
})

test('whoever goes to a part of the page that came rendered stays in it', async () => {
  const { router, history, come, first } = onItsWay(true)
  history.push('/parks/jiabei#facts')
  come()
  await first
  expect(router.currentRoute.value.fullPath).toBe('/parks/jiabei#facts')
})

test('where nobody goes anywhere, the first page is shown, and later ones are let through', async () => {
  const { router, come, first } = onItsWay(true)
  come()
  await first
  expect(router.currentRoute.value.fullPath).toBe('/parks/jiabei')
  await router.push('/policies')
  expect(router.currentRoute.value.fullPath).toBe('/policies')
})
