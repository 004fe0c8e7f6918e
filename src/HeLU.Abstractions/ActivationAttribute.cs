namespace Helu;

/// <summary>
/// Swaps every ReLU that is written in the annotated code for <see cref="Kind"/>, at compile time.
/// </summary>
/// <remarks>
/// On a class it speaks for the code in that class, nested classes and all parts of a partial class included, base classes not.
/// On a member (constructor, method, property, field) it speaks for that member, on the assembly for every class in it.
/// The nearest attribute wins; <see cref="Helu.Kind.ReLU"/> opts out.
/// Parameters are always finite; a value outside of its range, or one that the kind does not have, is compile error HELU0006.
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

    /// <summary>HeLU's reach below zero (0 or more; .05), the scale of ELU and CELU (above 0; 1), SUGAR's shift (above 0; 1.67). Not set: the default in parentheses.</summary>
    public double Alpha { get; set; } = double.NaN;

    /// <summary>The slope below zero of LeakyReLU and LeakyBackward (.01) and of SAU (.15). Not set: the default in parentheses.</summary>
    public double Slope { get; set; } = double.NaN;

    /// <summary>The steepness of SiLU and Softplus, the half width of SmeLU's parabola (above 0; 1). Not set: the default in parentheses.</summary>
    public double Beta { get; set; } = double.NaN;

    /// <summary>Where Softplus turns into x: beta·x above it (above 0; 20). Not set: the default in parentheses.</summary>
    public double Threshold { get; set; } = double.NaN;

    /// <summary>How far from zero ClippedStraightThrough passes the gradient (above 0; 1). Not set: the default in parentheses.</summary>
    public double Clip { get; set; } = double.NaN;

    /// <summary>PReLU's slope at the start (.25). Not set: the default in parentheses.</summary>
    public double Init { get; set; } = double.NaN;

    /// <summary>The standard deviation that SAU smooths with (above 0; 1). Not set: the default in parentheses.</summary>
    public double Sigma { get; set; } = double.NaN;

    /// <summary>Quadratic's coefficient of x² (1/(2√(2π))). Not set: the default in parentheses.</summary>
    public double A { get; set; } = double.NaN;

    /// <summary>Quadratic's coefficient of x (1/2). Not set: the default in parentheses.</summary>
    public double B { get; set; } = double.NaN;

    /// <summary>Quadratic's constant (1/(2√(2π))). Not set: the default in parentheses.</summary>
    public double C { get; set; } = double.NaN;
}
