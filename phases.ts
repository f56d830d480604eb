import { run } from "./src/batch.ts";
import { setInterval } from "node:timers";
let peak=0, step="start", t=performance.now();
setInterval(()=>{const m=process.memoryUsage(); peak=Math.max(peak,m.rss);},50).unref();
const next=(s:string)=>{const m=process.memoryUsage(); console.log(step.padEnd(36),((performance.now()-t)/1000).toFixed(1).padStart(6)," peak",Math.round(peak/1e6)," now",Math.round(m.rss/1e6)," heap",Math.round(m.heapUsed/1e6),"ext",Math.round((m.external+m.arrayBuffers)/1e6)); peak=0; step=s; t=performance.now();};
await run({pipelines: process.argv[2]!+"/pipelines/*.yaml", out: process.argv[3]!, today:"2026-11-22", progress: next}); next("end");
