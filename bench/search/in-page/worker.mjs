import { openEngine } from './luodi.mjs'

const opening = openEngine()

addEventListener('message', async ({ data: { nr, what, argument } }) => {
  const engine = await opening
  postMessage({ nr, answer: await engine[what](argument) })
})
