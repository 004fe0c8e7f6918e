using Helu.Inference.Tracing;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Frozen = Helu.Inference.Tracing.Structure;

namespace Helu.Freezing;

/// <summary>The hyperparameters of TorchSharp's modules.</summary>
internal static class TorchModules
{
    /// <summary>The module without its weights and children; null for a type without an inference path, which is an error only where a forward runs it.</summary>
    public static ModuleNode? Structure(nn.Module module) => IsUsers(module) ? null : module switch
    {
        Linear m => Frozen.Linear(m.in_features, m.out_features, m.bias is not null),
        Convolution m => Convolution(m),
        Embedding m => Frozen.Embedding(m.weight!.shape[0], m.weight.shape[1]),
        BatchNorm1d { track_running_stats: true } m => Frozen.BatchNorm1d(m.num_features, m.eps, affine: m.affine),
        BatchNorm2d { track_running_stats: true } m => Frozen.BatchNorm2d(m.num_features, m.eps, affine: m.affine),
        LayerNorm m => Frozen.LayerNorm(m.normalized_shape, m.eps, m.elementwise_affine, m.bias is not null),
        GroupNorm m => Frozen.GroupNorm(m.num_groups, Channels(m), m.eps, m.affine),
        Identity or Dropout or Dropout1d or Dropout2d or Dropout3d or AlphaDropout or FeatureAlphaDropout => Frozen.Identity(),
        Flatten m => Frozen.Flatten(m.start_dim, m.end_dim),
        Unflatten m => Frozen.Unflatten(m.dim, m.unflattened_size),
        Sequential => Frozen.Sequential(),
        _ => PoolModules.Structure(module) ?? ActivationModules.Structure(module) ?? Container(module),
    };

    /// <summary>What about a module of TorchSharp keeps it from an inference path; empty where its type has none at all.</summary>
    public static string Refusal(nn.Module module) => module switch
    {
        Convolution { padding_mode: not TorchSharp.PaddingModes.Zeros } m => $" with padding_mode {m.padding_mode}",
        Convolution m when Padding(m) is null => " with padding Same and an even kernel",
        Convolution { transposed: true } m when HasUnevenOutputPadding(m) => " with different output paddings, of which TorchSharp uses the first for both dimensions",
        BatchNorm { track_running_stats: false } => " without running statistics",
        _ => "",
    };

    /// <summary>A user's subclass may override what the library's class does. Ours keep it: a FusedSequential is a Sequential.</summary>
    private static bool IsUsers(nn.Module module) =>
        module.GetType().Assembly != typeof(nn.Module).Assembly && module.GetType().Assembly != typeof(TorchModules).Assembly;

    private static bool HasUnevenOutputPadding(Convolution m) => m.output_padding.Distinct().Skip(1).Any();

    /// <summary>ModuleList and ModuleDict are generic.</summary>
    private static ModuleNode? Container(nn.Module module) => module.GetType() is { IsGenericType: true } type
        ? type.GetGenericTypeDefinition() switch
        {
            { } definition when definition == typeof(ModuleList<>) => Frozen.ModuleList(),
            { } definition when definition == typeof(ModuleDict<>) => Frozen.ModuleDict(),
            _ => null,
        }
        : null;

    private static ModuleNode? Convolution(Convolution m)
    {
        string? type = m switch
        {
            Conv1d => "Conv1d",
            Conv2d => "Conv2d",
            ConvTranspose1d => "ConvTranspose1d",
            ConvTranspose2d => "ConvTranspose2d",
            _ => null,
        };
        if (type is null || m.padding_mode != TorchSharp.PaddingModes.Zeros || Padding(m) is not { } padding || (m.transposed && HasUnevenOutputPadding(m)))
            return null;
        bool hasBias = m.bias is not null;
        long[]? outputPadding = m.transposed ? m.output_padding : null;
        return Frozen.Convolution(type, m.in_channels, m.out_channels, m.kernel_size, m.stride, padding, m.dilation, m.groups, hasBias, outputPadding);
    }

    /// <summary>Null where padding "same" would need one zero more on one side.</summary>
    private static long[]? Padding(Convolution m)
    {
        if (m.padding_type is not { } named)
            return m.padding;
        if (named == TorchSharp.Padding.Valid)
            return [.. m.kernel_size.Select(_ => 0L)];
        long[] total = [.. m.kernel_size.Zip(m.dilation, (kernel, dilation) => dilation * (kernel - 1))];
        return total.Any(size => size % 2 != 0) ? null : [.. total.Select(size => size / 2)];
    }

    /// <summary>0, any number, where no weight tells it.</summary>
    private static long Channels(GroupNorm m) => m.affine ? m.weight!.shape[0] : 0;
}
