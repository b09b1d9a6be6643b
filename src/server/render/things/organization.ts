import type { Organization } from 'schema-dts'
import { addressOf, SITE, SITE_PICTURE } from '../site.ts'

/** Name of the node of who publishes this site. */
export function organizationId(origin: string): string {
  return addressOf(origin, '/#organization')
}

/** Who publishes this site: nothing is known but its name, its address and its mark. */
export function organization(origin: string): Organization {
  return {
    '@type': 'Organization',
    '@id': organizationId(origin),
    name: SITE.name,
    url: addressOf(origin, '/'),
    logo: addressOf(origin, SITE_PICTURE),
  }
}
