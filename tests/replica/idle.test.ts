import { expect, test } from 'vitest'
import { breathe, idle } from '#replica/idle.ts'

const messages = async (count: number, done: () => void) => {
  for (let n = 0; n < count; n++) await breathe()
  done()
}

test('what waits for a moment with nothing else to do comes after all that is to be done', async () => {
  const order: string[] = []
  await Promise.all([idle().then(() => order.push('idle')), messages(20, () => order.push('messages'))])
  expect(order).toEqual(['messages', 'idle'])
})

test('a page at rest is not waited for', async () => {
  const order: string[] = []
  const callbacks = async () => {
    for (let n = 0; n < 20; n++) await new Promise((resolve) => requestIdleCallback(resolve))
    order.push('callbacks')
  }
  const turns = async () => {
    for (let n = 0; n < 200; n++) await idle()
    order.push('turns')
  }
  await Promise.all([callbacks(), turns()])
  expect(order).toEqual(['turns', 'callbacks'])
})
