using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Digits.Training;

/// <summary>
/// Counts the units whose pre-activation is never above 0 on the data that a model sees: dead for ReLU, whatever the activation is.
/// </summary>
/// <remarks>
/// A forward hook on each linear or convolution layer keeps the highest value of each unit. The last layer makes the logits and is left out.
/// Max pooling between layer and activation changes nothing: it keeps the highest value.
/// </remarks>
internal sealed class DeadUnits : IDisposable
{
    private readonly List<Watch> _watches;

    private DeadUnits(List<Watch> watches) => _watches = watches;

    /// <summary>Watches the hidden layers of <paramref name="model"/> until it is disposed.</summary>
    public static DeadUnits Of(Module<Tensor, Tensor> model)
    {
        List<Watch> layers = [.. model.named_modules().Select(Watch.On).OfType<Watch>()];
        layers[^1].Dispose();
        layers.RemoveAt(layers.Count - 1);
        return new(layers);
    }

    /// <summary>What was found in all calls of the model so far, layer by layer.</summary>
    /// <exception cref="InvalidOperationException">The model was not called yet.</exception>
    public IReadOnlyList<LayerUnits> Count() => [.. _watches.Select(watch => watch.Count())];

    public void Dispose() => _watches.ForEach(watch => watch.Dispose());

    private sealed class Watch : IDisposable
    {
        private readonly string _name;
        private readonly int _unitDimension;
        private readonly HookableModule<Func<Module<Tensor, Tensor>, Tensor, Tensor>, Func<Module<Tensor, Tensor>, Tensor, Tensor, Tensor>>.HookRemover _hook;
        private Tensor? _highest;

        private Watch(string path, Module<Tensor, Tensor> layer, int unitDimension)
        {
            _name = path[(path.LastIndexOf('.') + 1)..];
            _unitDimension = unitDimension;
            _hook = layer.register_forward_hook(Observe);
        }

        public static Watch? On((string Path, Module Module) child) => child.Module switch
        {
            Linear linear => new(child.Path, linear, unitDimension: -1),
            Conv2d convolution => new(child.Path, convolution, unitDimension: -3),
            _ => null,
        };

        public LayerUnits Count()
        {
            if (_highest is null)
                throw new InvalidOperationException($"Layer {_name} was not called yet: run the model on the data first.");
            using Tensor dead = _highest <= 0;
            using Tensor count = dead.sum();
            return new(_name, _highest.shape[0], count.item<long>());
        }

        public void Dispose()
        {
            _hook.remove();
            _highest?.Dispose();
        }

        private Tensor Observe(Module<Tensor, Tensor> layer, Tensor input, Tensor output)
        {
            using var noGradients = no_grad();
            using DisposeScope scope = NewDisposeScope();
            long[] others = [.. Enumerable.Range(0, (int)output.dim()).Where(d => d != output.dim() + _unitDimension).Select(d => (long)d)];
            Tensor highest = output.amax(others);
            if (_highest is not null)
            {
                highest = maximum(_highest, highest);
                _highest.Dispose();
            }
            _highest = highest.DetachFromDisposeScope();
            return output;
        }
    }
}
