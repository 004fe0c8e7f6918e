namespace Helu;

/// <summary>
/// Swaps every ReLU that is written in the annotated code for <see cref="Kind"/>, at compile time.
/// </summary>
/// <remarks>
/// On a class it speaks for the code in that class, nested classes and all parts of a partial class included, base classes not.
/// On a member (constructor, method, property, field) it speaks for that member, on the assembly for every class in it.
/// The nearest attribute wins; <see cref="Helu.Kind.ReLU"/> opts out.
/// </remarks>
/// <example>
/// <code>
/// [Activation(Kind.HeLU, Alpha = 0.05)]
/// public class Net : Module&lt;Tensor, Tensor&gt; { ... }
/// </code>
/// </example>
/// <param name="kind">The activation that replaces ReLU.</param>
[AttributeUsage(
    AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Constructor | AttributeTargets.Method
    | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Struct,
    Inherited = false)]
public sealed class ActivationAttribute(Kind kind) : Attribute
{
    /// <summary>The activation that replaces ReLU.</summary>
    public Kind Kind { get; } = kind;

    /// <summary>
    /// The parameter of the kinds that have one: HeLU's reach below zero (0 or more), LeakyReLU's negative slope, ELU's scale (above 0);
    /// always finite. Not set: the kind's default (.05, .01, 1). A value outside the range, or one for a kind without parameter,
    /// is compile error HELU0006.
    /// </summary>
    public double Alpha { get; set; } = double.NaN;
}
