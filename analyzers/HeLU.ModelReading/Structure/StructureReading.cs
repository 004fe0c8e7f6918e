namespace Helu.ModelReading.Structure;

/// <summary>What was read of a model's constructor.</summary>
/// <param name="Model">The modules that it builds; null where they are not made of constants.</param>
/// <param name="Fault">The first expression that is not a constant, and where it stands; null where the modules are known.</param>
internal sealed record StructureReading(ModuleStructure.Model? Model, string? Fault);
