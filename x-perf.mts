import { syntheticRecord } from './src/server/synthetic/records.ts'
import { searchDocument } from './src/replica/search/search-document.ts'
import { buildSegment } from './src/replica/search/build.ts'
import { mergeSegments } from './src/replica/search/merge.ts'
const N=Number(process.argv[2]??2000)
const docs=[];let chars=0,utf8=0
for(let n=0;n<N;n++){const d=searchDocument(syntheticRecord({seed:1},{n}),'x')!;docs.push(d);chars+=d.title.length+d.tags.length+d.text.length;utf8+=Buffer.byteLength(d.title+d.tags+d.text)}
console.log('chars/doc',chars/N,'MB utf16',chars*2/1e6,'utf8',utf8/1e6)
let t=performance.now();const segs=[];let bytes=0
for(let i=0;i<N;i+=600){const {head,chunks}=buildSegment(docs.slice(i,i+600),[]);segs.push({segment:{...head,key:i,firstKeys:Uint32Array.from(chunks.map(c=>c.firstKey))},live:new Uint8Array(head.size).fill(1),chunk:async n=>chunks[n].bytes});bytes+=chunks.reduce((s,c)=>s+c.bytes.length,0)}
console.log('build ms/doc',(performance.now()-t)/N,'MB',bytes/1e6)
t=performance.now();let mb=0,nc=0,pl=0;await mergeSegments(segs,[],async c=>{for(const x of c){mb+=x.bytes.length;nc++;if(x.firstKey<65536)pl+=x.bytes.length}})
console.log('merge ms/doc',(performance.now()-t)/N,'MB',mb/1e6,'chunks',nc,'ratio utf16',mb/chars/2,'utf8',mb/utf8,'place lists',pl/1e6)
