using System.ComponentModel;

namespace Helu.Inference.Tracing;

/// <summary>What generated code tells of a user's model class.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ModelClass
{
    /// <summary>The full name of the type, as reflection writes it.</summary>
    public required string TypeName { get; init; }

    /// <summary>The names of forward's parameters.</summary>
    public required string[] Inputs { get; init; }

    /// <summary>Whether each of them holds int64 ids.</summary>
    public required bool[] IndexInputs { get; init; }

    /// <summary>The fields and properties that forward uses as modules.</summary>
    public required string[] Modules { get; init; }

    /// <summary>The fields and properties that it uses as plain values.</summary>
    public required string[] Values { get; init; }

    /// <summary>The fields that it uses as tensors.</summary>
    public required string[] Parameters { get; init; }

    /// <summary>The forward.</summary>
    public required Forward Forward { get; init; }

    /// <summary>Builds the modules, without weights, where the constructor does it from constants.</summary>
    public Func<ModuleNode>? Structure { get; init; }

    /// <summary>Why there is no <see cref="Structure"/>.</summary>
    public string? NoStructure { get; init; }
}
