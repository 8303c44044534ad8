namespace QwenIde.Inference.Native;

/// <summary>How ONNX Runtime classes its errors (<c>OrtErrorCode</c>).</summary>
public enum OnnxRuntimeError
{
    /// <summary>Did not come from ONNX Runtime but from our side of the binding.</summary>
    None = 0,

    /// <summary>Whatever has no class of its own; also a run that was ended by its terminate flag.</summary>
    Fail = 1,

    /// <summary>A name, type or shape does not fit.</summary>
    InvalidArgument = 2,

    /// <summary>A file is missing.</summary>
    NoSuchFile = 3,

    /// <summary>The model is missing.</summary>
    NoModel = 4,

    /// <summary>Something broke inside the library.</summary>
    EngineError = 5,

    /// <summary>An exception inside the library, out-of-memory among them.</summary>
    RuntimeException = 6,

    /// <summary>The model is no ONNX protobuf.</summary>
    InvalidProtobuf = 7,

    /// <summary>A model was already loaded.</summary>
    ModelLoaded = 8,

    /// <summary>No kernel for an operator.</summary>
    NotImplemented = 9,

    /// <summary>The graph breaks a rule of ONNX.</summary>
    InvalidGraph = 10,

    /// <summary>An execution provider failed.</summary>
    ProviderFailed = 11,
}

/// <summary>ONNX Runtime refused or failed.</summary>
public sealed class OnnxRuntimeException : Exception
{
    /// <summary>An error with its class, a sentence, and what lies behind it.</summary>
    public OnnxRuntimeException(OnnxRuntimeError code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>An error of our side of the binding.</summary>
    public OnnxRuntimeException(string message, Exception? innerException = null)
        : this(OnnxRuntimeError.None, message, innerException)
    {
    }

    /// <summary>An error without a sentence.</summary>
    public OnnxRuntimeException()
        : this("ONNX Runtime failed.")
    {
    }

    /// <summary>The library's class of the error.</summary>
    public OnnxRuntimeError Code { get; }
}
