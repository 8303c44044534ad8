using System.CommandLine;

return await new RootCommand("Measures QwenIde's engine against llama.cpp, in one run.").Parse(args).InvokeAsync();
