namespace Helu.ModelReading.Forward;

/// <summary>What a model class computes at inference, as plain values: equal where nothing of it has changed.</summary>
/// <param name="TypeName">The full name of the class, as reflection writes it.</param>
/// <param name="Declaration">Where it stands.</param>
/// <param name="Inputs">The inputs of its forward.</param>
/// <param name="Modules">The fields and properties that are used as modules, or arrays or lists of modules.</param>
/// <param name="Values">The fields and properties that are used as plain values.</param>
/// <param name="Parameters">The fields and properties that are used as parameters or buffers.</param>
/// <param name="Forward">Its forward.</param>
/// <param name="Helpers">The methods that the forward calls, directly or not.</param>
internal sealed record ModelForward(
    string TypeName,
    ModelDeclaration Declaration,
    EquatableArray<ForwardInput> Inputs,
    EquatableArray<string> Modules,
    EquatableArray<string> Values,
    EquatableArray<string> Parameters,
    HelperMethod Forward,
    EquatableArray<HelperMethod> Helpers);
