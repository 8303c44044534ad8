using System.Runtime.InteropServices;

namespace QwenIde.Inference.Native;

/// <summary>Text in unmanaged memory, ended by a zero.</summary>
internal readonly unsafe struct NativeText : IDisposable
{
    private readonly nint _text;

    /// <summary>UTF-8, as the library wants names and values.</summary>
    public NativeText(string text) => _text = Marshal.StringToCoTaskMemUTF8(text);

    private NativeText(nint text) => _text = text;

    /// <summary>The first byte.</summary>
    public byte* Pointer => (byte*)_text;

    /// <summary>A path as the library wants it: UTF-16 on Windows, UTF-8 elsewhere.</summary>
    public static NativeText Path(string path) =>
        new(OperatingSystem.IsWindows() ? Marshal.StringToCoTaskMemUni(path) : Marshal.StringToCoTaskMemUTF8(path));

    /// <summary>Reads UTF-8 text that belongs to the library.</summary>
    public static string Read(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    public void Dispose() => Marshal.FreeCoTaskMem(_text);
}
