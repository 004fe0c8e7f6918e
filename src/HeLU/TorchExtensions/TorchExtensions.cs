namespace Helu;

/// <summary>
/// The activations that TorchSharp lacks where PyTorch users look for them: a module (<c>torch.nn.HeLU</c>), a function (<c>torch.nn.functional.helu</c>), a method
/// of the tensor (<c>x.helu()</c>) and the method that overwrites (<c>x.helu_()</c>).
/// <c>using Helu;</c> brings them; <c>using static Helu.TorchExtensions;</c> allows the bare <c>HeLU(0.05)</c> and <c>helu(x)</c>.
/// </summary>
public static partial class TorchExtensions;
