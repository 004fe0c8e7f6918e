using System.ComponentModel;
using Helu.Watching;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Helu.Training;

/// <summary>The base of the generated training modules of models with four inputs. Parameters, buffers, submodules and their names are the model's own.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TrainingModule4 : nn.Module<Tensor, Tensor, Tensor, Tensor, Tensor>, IWatchedTraining
{
    private readonly nn.Module<Tensor, Tensor, Tensor, Tensor, Tensor> _model;
    private readonly FusedForward _fused;
    private bool _isDisposed;

    /// <summary>Made by generated code.</summary>
    /// <param name="model">The model that it trains.</param>
    /// <param name="name">The name of the generated class.</param>
    /// <exception cref="NotSupportedException">A module in it has no fused training.</exception>
    protected TrainingModule4(nn.Module<Tensor, Tensor, Tensor, Tensor, Tensor> model, string name)
        : base(name)
    {
        _model = model;
        _fused = new(model);
    }

    /// <inheritdoc/>
    public override bool training => _model.training;

    nn.Module IWatchedTraining.Model => _model;

    /// <summary>The model's output for these inputs. In eval mode, and where a hook is registered on the model or on a part of it that is no module of TorchSharp, the model's own forward runs.</summary>
    /// <exception cref="ArgumentException">A shape does not fit the model.</exception>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public override Tensor forward(Tensor input1, Tensor input2, Tensor input3, Tensor input4)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ReadOnlySpan<Tensor> inputs = [input1, input2, input3, input4];
        return _fused.PlanFor(inputs) is { } plan ? plan.Run(inputs) : _model.call(input1, input2, input3, input4);
    }

    /// <summary>The model's, as an array: an optimiser that walked the tree of modules again in every step would allocate more than all the rest.</summary>
    public override IEnumerable<Parameter> parameters(bool recurse = true) => _isDisposed ? [] : [.. _model.parameters(recurse)];

    /// <inheritdoc/>
    public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) => _isDisposed ? [] : _model.named_parameters(recurse);

    /// <inheritdoc/>
    public override IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true) =>
        _isDisposed ? [] : _model.named_buffers(recurse, include_nonpersistent);

    /// <inheritdoc/>
    public override IEnumerable<(string name, nn.Module module)> named_children() => _isDisposed ? [] : _model.named_children();

    /// <inheritdoc/>
    public override IEnumerable<(string name, nn.Module module)> named_modules() => _isDisposed ? [] : _model.named_modules();

    /// <inheritdoc/>
    public override Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null) => _model.state_dict(destination, prefix);

    /// <inheritdoc/>
    public override (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null) =>
        _model.load_state_dict(source, strict, skip);

    /// <inheritdoc/>
    public override bool has_parameter(string target) => _model.has_parameter(target);

    /// <inheritdoc/>
    public override Parameter? get_parameter(string target) => _model.get_parameter(target);

    /// <inheritdoc/>
    public override bool has_buffer(string target) => _model.has_buffer(target);

    /// <inheritdoc/>
    public override Tensor? get_buffer(string target) => _model.get_buffer(target);

    /// <inheritdoc/>
    public override void train(bool train = true) => _model.train(train);

    /// <inheritdoc/>
    public override void eval() => _model.eval();

    /// <inheritdoc/>
    public override nn.Module apply(Action<nn.Module> fn)
    {
        _model.apply(fn);
        return this;
    }

    /// <inheritdoc/>
    protected override nn.Module _to(Device device, ScalarType dtype, bool non_blocking)
    {
        _model.to(device, dtype, non_blocking);
        return this;
    }

    /// <inheritdoc/>
    protected override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
    {
        _model.to(deviceType, deviceIndex, non_blocking);
        return this;
    }

    /// <inheritdoc/>
    protected override nn.Module _to(ScalarType dtype, bool non_blocking)
    {
        _model.to(dtype, non_blocking);
        return this;
    }

    /// <summary>The model, and what it shares with this module, stays.</summary>
    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        base.Dispose(disposing);
    }
}
