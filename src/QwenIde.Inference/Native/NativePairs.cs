using System.Runtime.InteropServices;

namespace QwenIde.Inference.Native;

/// <summary>Keys and values as two native arrays of texts.</summary>
internal sealed unsafe class NativePairs : IDisposable
{
    private readonly NativeText[] _texts;
    private readonly byte** _pointers;

    public NativePairs(IReadOnlyDictionary<string, string> pairs)
    {
        Count = (nuint)pairs.Count;
        _texts = [.. pairs.Keys.Concat(pairs.Values).Select(text => new NativeText(text))];
        _pointers = (byte**)NativeMemory.Alloc((nuint)_texts.Length + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < _texts.Length; i++)
            _pointers[i] = _texts[i].Pointer;
    }

    public nuint Count { get; }

    public byte** Keys => _pointers;

    public byte** Values => _pointers + Count;

    public void Dispose()
    {
        NativeMemory.Free(_pointers);
        foreach (NativeText text in _texts)
            text.Dispose();
    }
}
