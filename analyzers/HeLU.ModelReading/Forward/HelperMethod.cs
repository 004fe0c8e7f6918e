namespace Helu.ModelReading.Forward;

/// <summary>A method that a model's forward calls, or the forward itself.</summary>
/// <param name="Name">Its name, different from every other method's of the model.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Returns">The type of its result.</param>
/// <param name="Body">Its steps.</param>
internal sealed record HelperMethod(string Name, EquatableArray<HelperParameter> Parameters, DataType Returns, EquatableArray<Statement> Body);
