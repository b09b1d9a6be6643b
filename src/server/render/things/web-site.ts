import type { SearchAction, WebSite, WithActionConstraints } from 'schema-dts'
import { addressOf, SITE } from '../site.ts'
import { organizationId } from './organization.ts'

/**
 * The site and its search (schema.org/WebSite, schema.org/SearchAction). `{q}` is a URI template's variable (RFC 6570), and
 * `q-input` says that it must be given (schema.org/docs/actions.html, "-input").
 */
export function webSite(origin: string): WebSite {
  const search: WithActionConstraints<SearchAction & object> = {
    '@type': 'SearchAction',
    target: { '@type': 'EntryPoint', urlTemplate: `${addressOf(origin, '/search')}?q={q}` },
    'query-input': 'required name=q',
  }
  return {
    '@type': 'WebSite',
    '@id': addressOf(origin, '/#website'),
    name: SITE.name,
    alternateName: SITE.short,
    url: addressOf(origin, '/'),
    inLanguage: 'zh-CN',
    publisher: { '@id': organizationId(origin) },
    potentialAction: search,
  }
}
