using System.Collections.Immutable;
using QwenIde.Inference.Native;
using QwenIde.Inference.Native.CustomOperators;

namespace QwenIde.Inference.Tests.Native;

public sealed class CustomOperatorTests(NativeLibraryFixture fixture)
{
    private const int Float = 1;
    private readonly OnnxRuntimeLibrary _library = fixture.Library;

    [Fact]
    public void An_operator_of_our_own_runs_on_the_librarys_threads()
    {
        byte[] model = new OnnxModel()
            .Input("x", Float, "n").Output("y", Float, "n")
            .Node("Scale", ["x"], ["y"], "qwenide.test", ("factor", 2.5f))
            .ToBytes();
        using OrtSession session = OrtSession.Load(_library, model, new SessionOptions { CustomOperators = [new Scale("qwenide.test", "Scale")] });
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => i * 2.5f), Run(session, [.. Enumerable.Range(0, 1000).Select(i => (float)i)]));
    }

    [Fact]
    public void An_operator_replaces_the_librarys_own()
    {
        // FastGelu of com.microsoft, with its optional bias left out; QuickGelu beside it stays the library's.
        byte[] model = new OnnxModel()
            .Input("x", Float, "n").Output("y", Float, "n")
            .Node("FastGelu", ["x"], ["h"], "com.microsoft", ("factor", 3f))
            .Node("QuickGelu", ["h"], ["y"], "com.microsoft", ("alpha", 100f))
            .ToBytes();
        using OrtSession session = OrtSession.Load(_library, model, new SessionOptions { CustomOperators = [new Scale("com.microsoft", "FastGelu")] });
        Assert.Equal([3, 6, 0], Run(session, [1, 2, -1]));
    }

    [Fact]
    public void What_an_operator_throws_becomes_the_runs_error()
    {
        byte[] model = new OnnxModel()
            .Input("x", Float, "n").Output("y", Float, "n")
            .Node("Fail", ["x"], ["y"], "qwenide.test")
            .ToBytes();
        using OrtSession session = OrtSession.Load(_library, model, new SessionOptions { CustomOperators = [new Scale("qwenide.test", "Fail")] });
        var error = Assert.Throws<OnnxRuntimeException>(() => Run(session, [1, 2, -77]));
        Assert.Contains("no 77 please", error.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(error.InnerException);
        Assert.Equal([1, 2], Run(session, [1, 2]));
    }

    private float[] Run(OrtSession session, float[] x)
    {
        using OrtTensor input = OrtTensor.Create<float>(_library, TensorElementType.Float32, x, x.Length);
        NamedTensor[] outputs = [new("y", null)];
        session.Run([new("x", input)], outputs, TestContext.Current.CancellationToken);
        using OrtTensor output = outputs[0].Tensor!;
        return output.AsSpan<float>().ToArray();
    }

    private sealed class Scale(string domain, string name) : CustomOperator
    {
        public override string Domain => domain;

        public override string Name => name;

        public override ImmutableArray<OperatorParameter> Inputs => [new(), new(TensorElementType.Float32, Optional: true)];

        public override ImmutableArray<OperatorParameter> Outputs => [new(TensorElementType.Float32)];

        public override CustomKernel CreateKernel(KernelAttributes attributes) => new Kernel(attributes.Float("factor") ?? 1);

        private sealed class Kernel(float factor) : CustomKernel
        {
            public override void Compute(KernelContext context)
            {
                KernelTensor x = context.Input(0)!.Value;
                Assert.Null(context.Input(1));
                KernelTensor y = context.Output(0, x.Shape.AsSpan())!.Value;
                context.ParallelFor((int)x.ElementCount, i =>
                {
                    var value = x.AsSpan<float>()[i];
                    if (value == -77)
                        throw new InvalidOperationException("no 77 please");
                    y.AsSpan<float>()[i] = value * factor;
                });
            }
        }
    }
}
