namespace Helu.ModelReading.Forward;

/// <summary>What a forward is read for.</summary>
internal enum ForwardMode
{
    /// <summary><c>training</c> is false; gradients, Dropout and data types are nothing.</summary>
    Inference,

    /// <summary><c>training</c> is true; all that changes a value or a gradient counts.</summary>
    Training,
}
