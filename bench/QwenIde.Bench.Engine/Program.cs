using System.CommandLine;
using QwenIde.Bench.Engine;
using QwenIde.Bench.Engine.Gguf;

if (args is ["--gguf", var path, var shape])
{
    GgufModel.Write(path, shape == "quick" ? ModelShape.Quick : ModelShape.True);
    return 0;
}
return await new RootCommand("Measures QwenIde's engine against llama.cpp, in one run.").Parse(args).InvokeAsync();
