import type { BreadcrumbList } from 'schema-dts'
import { addressOf } from '../site.ts'

/** A page on the way from the first one to this. */
export interface Crumb {
  name: string
  path: string
}

/** The way to a page, from home on and the page itself at the end (schema.org/BreadcrumbList). */
export function breadcrumbList(origin: string, crumbs: readonly Crumb[]): BreadcrumbList {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: crumbs.map(({ name, path }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: addressOf(origin, path),
    })),
  }
}
