using QwenIde.Inference.Native;

namespace QwenIde.Inference.Tests.Native;

public sealed class SessionTests(NativeLibraryFixture fixture)
{
    private const int Float = 1;
    private readonly OnnxRuntimeLibrary _library = fixture.Library;

    [Fact]
    public void A_model_tells_its_inputs_and_outputs()
    {
        using OrtSession session = OrtSession.Load(_library, Sum().ToBytes());
        Assert.Equal(["a", "b"], session.Inputs.Select(input => input.Name));
        Assert.Equal(TensorElementType.Float32, session.Inputs[0].ElementType);
        Assert.Equal([-1, 2], session.Inputs[0].Shape);
        Assert.Equal(["n", ""], session.Inputs[0].DimensionNames);
        Assert.Equal(["sum"], session.Outputs.Select(output => output.Name));
    }

    [Fact]
    public void A_run_allocates_its_outputs()
    {
        using OrtSession session = OrtSession.Load(_library, Sum().ToBytes());
        using OrtTensor a = OrtTensor.Create<float>(_library, TensorElementType.Float32, [1, 2, 3, 4], 2, 2);
        using OrtTensor b = OrtTensor.Over<float>(_library, TensorElementType.Float32, new float[] { 10, 20, 30, 40 }, 2, 2);
        NamedTensor[] outputs = [new("sum", null)];
        session.Run([new("a", a), new("b", b)], outputs, TestContext.Current.CancellationToken);
        using OrtTensor sum = outputs[0].Tensor!;
        Assert.Equal([2, 2], sum.Shape);
        Assert.Equal([11, 22, 33, 44], sum.AsSpan<float>().ToArray());
    }

    private static OnnxModel Sum() => new OnnxModel()
        .Input("a", Float, "n", 2).Input("b", Float, "n", 2).Output("sum", Float, "n", 2)
        .Node("Add", ["a", "b"], ["sum"]);
}
