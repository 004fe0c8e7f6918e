using Microsoft.CodeAnalysis;

namespace Helu.ModelReading;

/// <summary>Why a ReLU in annotated code stays a ReLU.</summary>
internal enum LeftReason
{
    /// <summary>Kept as a plain module where not every use of it can be seen or intercepted.</summary>
    Stored,

    /// <summary>Passed to code elsewhere as a plain module.</summary>
    Passed,

    /// <summary>Returned from a method, lambda or property as a plain module.</summary>
    Returned,

    /// <summary>An argument of a base or own constructor, and constructors can't be intercepted.</summary>
    ConstructorArgument,

    /// <summary>The call stands where the compiler can't intercept it.</summary>
    NotInterceptable,

    /// <summary>Named as a method group, so that it is called through a delegate.</summary>
    MethodGroup,

    /// <summary>A function, which has no place for the parameter that PReLU learns.</summary>
    NoParameter,

    /// <summary>Computed inside a module of libtorch: Transformer layers, RNN.</summary>
    NativeModule,
}

/// <summary>A ReLU in annotated code that is not swapped.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Node">Where it stands.</param>
/// <param name="Subject">What to name in a message: the native module's factory; empty otherwise.</param>
internal readonly record struct LeftRelu(LeftReason Reason, SyntaxNode Node, string Subject = "");
