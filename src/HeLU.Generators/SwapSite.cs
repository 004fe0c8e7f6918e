using Helu.ModelReading;
using Helu.ModelReading.Sites;

namespace Helu.Generators;

/// <summary>A call to redirect to an activation, as plain values.</summary>
/// <param name="Form">What is called.</param>
/// <param name="Spec">The activation in ReLU's place.</param>
/// <param name="Layer">Its name to who watches activations: the module's, or its member and line.</param>
/// <param name="Argument">Who can hold the tensor that it takes.</param>
/// <param name="Call">The call.</param>
internal sealed record SwapSite(SwapForm Form, ActivationSpec Spec, string Layer, ArgumentOrigin Argument, CallSite Call);
