// node llama.mjs <folder with node-llama-cpp> <GGUF file> <threads> <context> <batch>: llama.cpp as a contender.
// Speaks the lines of Messages.cs: an introduction when the model is loaded, then an answer to every request.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [folder, file, threads, contextSize, batchSize] = process.argv.slice(2);
const { getLlama, LlamaLogLevel } = await import(pathToFileURL(join(folder, 'node_modules', 'node-llama-cpp', 'dist', 'index.js')));

const say = value => process.stdout.write(`${JSON.stringify(value)}\n`);
const now = () => performance.now();
const cpu = () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000;

const llama = await getLlama({
  gpu: false,
  build: 'never',
  maxThreads: Number(threads),
  logLevel: LlamaLogLevel.error,
});
const begun = now();
// Without mapping: llama.cpp repacks Q4_0 into memory of its own when loading, and a mapped file would stay resident
// beside it, at the same speed.
const model = await llama.loadModel({ modelPath: file, gpuLayers: 0, useMmap: false, ignoreMemorySafetyChecks: true });
const context = await model.createContext({
  contextSize: Number(contextSize),
  batchSize: Number(batchSize),
  threads: { ideal: Number(threads), min: Number(threads) },
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
  say({ first, steps, stepsCpuMilliseconds, reusedTokens: 0 });
}
process.exit(0);
