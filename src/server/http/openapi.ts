import { FEED_PATHS, HEALTH_PATHS } from './openapi-feed.ts'
import { INQUIRY_PATHS, SECURITY_SCHEMES } from './openapi-inquiries.ts'
import { componentSchemas } from './openapi-parts.ts'

/**
 * Describes the API (OpenAPI 3.1) from the schemas that check it.
 * @param version of this release
 */
export function openApi(version: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Luodi',
      version,
      description: 'Content feed and inquiries. Errors are RFC 9457 problems, told apart by `type`.',
    },
    paths: { ...FEED_PATHS, ...INQUIRY_PATHS, ...HEALTH_PATHS },
    components: { schemas: componentSchemas(), securitySchemes: SECURITY_SCHEMES },
  }
}
