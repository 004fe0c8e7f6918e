using Helu.ModelReading.Forward;

namespace Helu.ModelReading.Structure;

/// <summary>A module that a constructor builds from constants, without its weights.</summary>
internal abstract record ModuleStructure
{
    private ModuleStructure()
    {
    }

    /// <summary>A module of TorchSharp.</summary>
    /// <param name="Factory">The factory in <c>torch.nn</c>.</param>
    /// <param name="Arguments">The arguments that differ from the factory's defaults.</param>
    public sealed record Layer(string Factory, EquatableArray<NamedValue> Arguments) : ModuleStructure;

    /// <summary>A ReLU that another activation takes the place of when its container is built.</summary>
    /// <param name="Swap">The activation.</param>
    /// <param name="IsInPlace">Whether the ReLU works in place.</param>
    public sealed record Activation(Annotation Swap, bool IsInPlace) : ModuleStructure;

    /// <summary>A Sequential, ModuleList or ModuleDict.</summary>
    /// <param name="Kind">Which of them.</param>
    /// <param name="Children">Its modules by name.</param>
    public sealed record Container(string Kind, EquatableArray<NamedModule> Children) : ModuleStructure;

    /// <summary>A user's model class.</summary>
    /// <param name="TypeName">The full name of the class, as reflection writes it.</param>
    /// <param name="Modules">Its modules by field; a null module is a field that holds null.</param>
    /// <param name="Values">The plain values that its forward reads, by field.</param>
    public sealed record Model(string TypeName, EquatableArray<NamedModule> Modules, EquatableArray<NamedValue> Values) : ModuleStructure;
}
