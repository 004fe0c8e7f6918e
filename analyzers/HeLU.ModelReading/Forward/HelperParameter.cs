namespace Helu.ModelReading.Forward;

/// <summary>A parameter of a method that is part of a model's forward.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
internal sealed record HelperParameter(string Name, DataType Type);
