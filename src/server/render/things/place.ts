import gcoord from 'gcoord'
import type { AdministrativeArea, GeoCoordinates, PostalAddress } from 'schema-dts'
import type { Location } from '#domain/record/park.ts'
import type { Region } from '#domain/region.ts'

/**
 * A point for schema.org, which wants WGS 84 (schema.org/latitude) where records hold GCJ-02: left as it is, it would lie
 * some 500 m off. The way back from GCJ-02 is good to about a metre, so that five decimals (1.1 m) say all there is.
 */
export function geoCoordinates({ lng, lat }: Location): GeoCoordinates {
  const [longitude, latitude] = gcoord.transform([lng, lat], gcoord.GCJ02, gcoord.WGS84)
  return { '@type': 'GeoCoordinates', longitude: Number(longitude.toFixed(5)), latitude: Number(latitude.toFixed(5)) }
}

/** A region by name and by its code, of GB/T 2260 for a district and of GB/T 10114 for a town in it. */
export function administrativeArea({ code, name }: Region): AdministrativeArea {
  return {
    '@type': 'AdministrativeArea',
    name,
    identifier: { '@type': 'PropertyValue', propertyID: code.length === 6 ? 'GB/T 2260' : 'GB/T 10114', value: code },
  }
}

/** An address in a region; regions have codes of GB/T 2260, so that the country is China (ISO 3166-1). */
export function postalAddress(region: Region, street: string | undefined): PostalAddress {
  return {
    '@type': 'PostalAddress',
    addressCountry: 'CN',
    addressRegion: region.name,
    ...(street === undefined ? {} : { streetAddress: street }),
  }
}
