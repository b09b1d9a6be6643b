import type { Location } from '#domain/record/park.ts'

/**
 * Addresses that open a place in the map people have. All three take GCJ-02, which records carry: Amap by
 * `coordinate=gaode`, Baidu by `coord_type=gcj02`, Apple Maps because its maps of China use it.
 * @param name shown at the pin
 */
export function mapLinks(location: Location, name: string): { key: 'amap' | 'baidu' | 'apple'; href: string }[] {
  const { lng, lat } = location
  const title = encodeURIComponent(name)
  return [
    { key: 'amap', href: `https://uri.amap.com/navigation?to=${lng},${lat},${title}&mode=car&coordinate=gaode` },
    {
      key: 'baidu',
      href: `https://api.map.baidu.com/marker?location=${lat},${lng}&title=${title}&content=${title}&coord_type=gcj02&output=html`,
    },
    { key: 'apple', href: `https://maps.apple.com/?daddr=${lat},${lng}&q=${title}` },
  ]
}
