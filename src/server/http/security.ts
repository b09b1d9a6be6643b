import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

/**
 * What pages may load and do: only what comes from here, and the person's place when they ask for it.
 * @param hashes `sha256-…` of the one style sheet and the one script that stand in pages
 */
export function securityHeaders(hashes: { style: string; script: string } | undefined): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      styleSrc: ["'self'", ...(hashes === undefined ? [] : [`'${hashes.style}'`])],
      scriptSrc: ["'self'", ...(hashes === undefined ? [] : [`'${hashes.script}'`])],
      connectSrc: ["'self'"],
      workerSrc: ["'self'"],
      manifestSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      formAction: ["'self'"],
    },
    permissionsPolicy: { geolocation: ['self'], camera: [], microphone: [], payment: [], usb: [] },
    referrerPolicy: 'strict-origin-when-cross-origin',
    xFrameOptions: 'DENY',
    // Whether all of a host speaks TLS is for the proxy that terminates it to say.
    strictTransportSecurity: false,
  })
}
