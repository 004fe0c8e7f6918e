namespace Helu.Inference.Tracing;

/// <summary>A place for a module in another.</summary>
/// <param name="Field">The field of a user's class, or the name in a container.</param>
/// <param name="Key">Its name in the state dict.</param>
/// <param name="Module">Null where the field is null.</param>
internal sealed record Child(string Field, string Key, ModuleNode? Module);
