namespace Helu.ModelReading.Structure;

/// <summary>A module in a container or a field.</summary>
/// <param name="Name">The child's or the field's name.</param>
/// <param name="Module">The module; null where the field holds null.</param>
internal sealed record NamedModule(string Name, ModuleStructure? Module);
