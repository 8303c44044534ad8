namespace QwenIde.Export;

/// <summary>A checkpoint cannot be read or exported; the message is one sentence that says what, where and what to do.</summary>
public sealed class ExportException : Exception
{
    /// <summary>With a message for a person.</summary>
    public ExportException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for a person and the exception behind it.</summary>
    public ExportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
