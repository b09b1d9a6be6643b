import { type App, createRenderer, defineComponent } from 'vue'

interface Node {
  parent: Node | null
}

/** A renderer that draws nothing: what is mounted and unmounted by it lives where there is no document. */
const { createApp } = createRenderer<Node, Node>({
  createElement: () => ({ parent: null }),
  createText: () => ({ parent: null }),
  createComment: () => ({ parent: null }),
  insert: (node, parent) => void (node.parent = parent),
  remove: (node) => void (node.parent = null),
  parentNode: (node) => node.parent,
  nextSibling: () => null,
  patchProp: () => undefined,
  setText: () => undefined,
  setElementText: () => undefined,
})

/**
 * Runs a composable in a component that is mounted.
 * @param provide what the app provides
 * @returns what the composable gave, and how to unmount it
 */
export function mounted<T>(composable: () => T, provide: (app: App<Node>) => void): { given: T; unmount: () => void } {
  let given: { value: T } | undefined
  const app = createApp(
    defineComponent({
      setup() {
        given = { value: composable() }
        return () => undefined
      },
    }),
  )
  provide(app)
  app.mount({ parent: null })
  return { given: given!.value, unmount: () => app.unmount() }
}
