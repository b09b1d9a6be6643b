/** Longest edge of a picture that goes with a request, in pixels: enough to read a business licence. */
const LONGEST_EDGE = 2560
/** JPEG qualities that are tried until the picture is no larger than it was. */
const QUALITIES = [0.85, 0.6, 0.3]
/** A drawing or a screenshot below this many bytes stays as sharp as it is. */
const SMALL_PNG = 256 * 1024

/**
 * Makes a picture smaller on the phone. What the camera wrote into it besides the picture, the place above all, is gone then, for
 * only its pixels are drawn anew.
 * @param file a photograph of any size
 * @returns the picture as JPEG, or as PNG where it is a small one; undefined when this browser cannot show it
 */
export async function shrinkPicture(file: Blob): Promise<{ data: Blob; ending: 'jpg' | 'png' } | undefined> {
  const canvas = await draw(file)
  if (canvas === undefined) return undefined
  if (file.type === 'image/png' && file.size <= SMALL_PNG) {
    const png = await encode(canvas, 'image/png', 1)
    if (png.size <= file.size) return { data: png, ending: 'png' }
  }
  let data = await encode(canvas, 'image/jpeg', QUALITIES[0])
  for (const quality of QUALITIES.slice(1)) {
    // Of a few hundred bytes the re-encoded ones may be more: they are sent all the same, and not the place.
    if (data.size > file.size) data = await encode(canvas, 'image/jpeg', quality)
  }
  return { data, ending: 'jpg' }
}

async function draw(file: Blob): Promise<HTMLCanvasElement | undefined> {
  let bitmap: ImageBitmap
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    return undefined
  }
  const scale = Math.min(1, LONGEST_EDGE / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const context = canvas.getContext('2d')
  if (context === null) return undefined
  // JPEG knows no transparency.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return canvas
}

function encode(canvas: HTMLCanvasElement, type: string, quality: number | undefined): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The picture cannot be encoded')) : resolve(blob)),
      type,
      quality,
    )
  })
}
