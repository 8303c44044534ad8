// node llama.mjs <folder with node-llama-cpp> <GGUF file> <threads> <context> <batch>: llama.cpp as a contender.
// Speaks JSON lines: one about itself when the model is loaded, then one result for each request that it reads:
// {"prompt": ids, "continuation": ids} → time to the first token, then of each forced token.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [folder, file, threads, contextSize, batchSize] = process.argv.slice(2);
const { getLlama, LlamaLogLevel } = await import(pathToFileURL(join(folder, 'node_modules', 'node-llama-cpp', 'dist', 'index.js')));

const say = value => process.stdout.write(`${JSON.stringify(value)}\n`);
const now = () => performance.now();
const cpu = () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000;

// The peer's own clock, which leaves out sampling and JavaScript, arrives as log lines.
let ownLines = [];
const llama = await getLlama({
  gpu: false,
  build: 'never',
  maxThreads: Number(threads),
  logLevel: LlamaLogLevel.info,
  logger: (level, message) => {
    ownLines.push(message);
    if (level === 'error' || level === 'fatal' || process.env.QWENIDE_BENCH_VERBOSE)
      console.error(message.trimEnd());
  },
});
const begun = now();
const model = await llama.loadModel({ modelPath: file, gpuLayers: 0, useMmap: true, ignoreMemorySafetyChecks: true });
const context = await model.createContext({
  contextSize: Number(contextSize),
  batchSize: Number(batchSize),
  threads: { ideal: Number(threads), min: Number(threads) },
  performanceTracking: true,
  ignoreMemorySafetyChecks: true,
});
const sequence = context.getSequence();
const kernels = process.platform === 'linux'
  ? [...new Set([...readFileSync('/proc/self/maps', 'utf8').matchAll(/libggml-cpu[^/\s]*\.so/g)].map(match => match[0]))]
  : [];
say({
  name: `llama.cpp ${llama.llamaCppRelease.release}`,
  details: `${kernels.join(', ')}; batch ${batchSize}; flash attention ${context.flashAttention ? 'on' : 'off'}; ${context.currentThreads} threads; Node ${process.versions.node}`,
  loadMilliseconds: now() - begun,
});

for await (const line of createInterface({ input: process.stdin })) {
  const { prompt, continuation } = JSON.parse(line);
  await sequence.clearHistory();
  ownLines = [];
  const steps = [];
  let [time, used] = [now(), cpu()];
  const generation = sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true });
  await generation.next();
  const first = { milliseconds: now() - time, cpuMilliseconds: cpu() - used };
  used = cpu();
  for (const token of continuation) {
    time = now();
    await generation.next(token);
    steps.push(now() - time);
  }
  const stepsCpuMilliseconds = cpu() - used;
  await generation.return();
  say({ first, steps, stepsCpuMilliseconds });
  if (process.env.QWENIDE_BENCH_VERBOSE) {
    await context.printTimings();
  }
}
process.exit(0);
