using System.Collections.Immutable;

namespace QwenIde.Inference.Native;

/// <summary>An input or output of a session.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="ElementType">What it is made of; <see cref="TensorElementType.Undefined"/> if it is no tensor.</param>
/// <param name="Shape">Its dimensions; −1 where the model leaves one open.</param>
/// <param name="DimensionNames">The names of open dimensions, for instance <c>batch_size</c>; empty where one has none.</param>
public sealed record TensorDescription(
    string Name, TensorElementType ElementType, ImmutableArray<long> Shape, ImmutableArray<string> DimensionNames)
{
    /// <summary>Reads type and shape of a native <c>OrtTensorTypeAndShapeInfo</c>.</summary>
    internal static unsafe (TensorElementType Type, ImmutableArray<long> Shape) Read(OrtApi api, nint info)
    {
        int type;
        nuint rank;
        api.Check(api.GetTensorElementType(info, &type));
        api.Check(api.GetDimensionsCount(info, &rank));
        var shape = new long[rank];
        fixed (long* dimensions = shape)
            api.Check(api.GetDimensions(info, dimensions, rank));
        return ((TensorElementType)type, ImmutableArray.Create(shape));
    }

    /// <summary>Reads a native <c>OrtTypeInfo</c>.</summary>
    internal static unsafe TensorDescription Read(OrtApi api, string name, nint typeInfo)
    {
        nint info;
        api.Check(api.CastTypeInfoToTensorInfo(typeInfo, &info));
        if (info == 0)
            return new TensorDescription(name, TensorElementType.Undefined, [], []);
        var (type, shape) = Read(api, info);
        var names = new byte*[shape.Length];
        fixed (byte** dimensions = names)
            api.Check(api.GetSymbolicDimensions(info, dimensions, (nuint)names.Length));
        var dimensionNames = ImmutableArray.CreateBuilder<string>(names.Length);
        foreach (var dimension in names)
            dimensionNames.Add(NativeText.Read(dimension));
        return new TensorDescription(name, type, shape, dimensionNames.MoveToImmutable());
    }
}
