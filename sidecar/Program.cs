using QwenIde.Sidecar.Cli;
using QwenIde.Sidecar.Startup;

return await CommandLine.RunAsync(args, Surroundings.Read());
