import type { Region } from './region.ts'

/** The first region Luodi serves. */
export const JIADING: Region = { code: '310114', name: '上海市嘉定区' }

/** Towns and streets of Jiading; the key is the code's last three digits (GB/T 10114). */
export const JIADING_TOWNS: Readonly<Record<string, string>> = {
  '001': '新成路街道',
  '002': '真新街道',
  '004': '嘉定镇街道',
  '102': '南翔镇',
  '103': '安亭镇',
  '106': '马陆镇',
  '109': '徐行镇',
  '111': '华亭镇',
  '114': '外冈镇',
  '118': '江桥镇',
  '401': '菊园新区',
  '501': '嘉定工业区',
}

/** Towns of the district go by their own names, which fit where there is little room. */
export function shortPlaceName(name: string): string {
  return (name.startsWith(JIADING.name) && name.slice(JIADING.name.length)) || name
}

/** Name of the district, or of one of its towns and streets, in full. @param code GB/T 2260, GB/T 10114 @returns undefined elsewhere */
export function jiadingName(code: string): string | undefined {
  if (code === JIADING.code) return JIADING.name
  const town = code.startsWith(JIADING.code) ? JIADING_TOWNS[code.slice(JIADING.code.length)] : undefined
  return town && `${JIADING.name}${town}`
}
