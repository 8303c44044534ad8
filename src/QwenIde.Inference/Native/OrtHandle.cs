using System.Runtime.InteropServices;

namespace QwenIde.Inference.Native;

/// <summary>
/// An object of the native library. It keeps what it was made from alive, so that the order in which handles are disposed or
/// finalised does not matter.
/// </summary>
internal sealed unsafe class OrtHandle : SafeHandle
{
    private readonly delegate* unmanaged<nint, void> _release;
    private readonly SafeHandle[] _parents;

    /// <summary>Takes over <paramref name="value"/>; <paramref name="parents"/> are released after it.</summary>
    public OrtHandle(nint value, delegate* unmanaged<nint, void> release, params SafeHandle[] parents)
        : base(0, ownsHandle: true)
    {
        _release = release;
        _parents = parents;
        foreach (SafeHandle parent in parents)
        {
            var added = false;
            parent.DangerousAddRef(ref added);
        }
        SetHandle(value);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The pointer. Who uses it holds a <see cref="Use"/> meanwhile.</summary>
    public nint Value => handle;

    /// <summary>Keeps the object alive during a native call, whoever disposes it meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">It is gone already.</exception>
    public InUse Use() => new(this);

    protected override bool ReleaseHandle()
    {
        _release(handle);
        foreach (SafeHandle parent in _parents)
            parent.DangerousRelease();
        return true;
    }

    /// <summary>A native call that is under way.</summary>
    public readonly ref struct InUse
    {
        private readonly OrtHandle _handle;

        public InUse(OrtHandle handle)
        {
            var added = false;
            handle.DangerousAddRef(ref added);
            _handle = handle;
        }

        /// <summary>The pointer.</summary>
        public nint Value => _handle.handle;

        public void Dispose() => _handle?.DangerousRelease();
    }
}
