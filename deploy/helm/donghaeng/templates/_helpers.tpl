{{/* Names and labels. "part" is web, rasa, actions, reader or jobs. */}}
{{- define "donghaeng.name" -}}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{- end }}

{{- define "donghaeng.labels" -}}
app.kubernetes.io/name: donghaeng
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- end }}

{{- define "donghaeng.selector" -}}
app.kubernetes.io/name: donghaeng
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end }}

{{- define "donghaeng.image" -}}
{{ .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag }}{{ end }}
{{- end }}

{{/* What every pod of ours has: no account token, another user, nothing writable but its volumes. */}}
{{- define "donghaeng.pod" -}}
serviceAccountName: {{ include "donghaeng.name" .root }}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: {type: RuntimeDefault}
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets: {{ toJson . }}
{{- end }}
{{- with .root.Values.nodeSelector }}
nodeSelector: {{ toJson . }}
{{- end }}
{{- with .root.Values.tolerations }}
tolerations: {{ toJson . }}
{{- end }}
{{- with .root.Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}

{{- define "donghaeng.container" -}}
image: {{ include "donghaeng.image" .root }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
envFrom:
  - configMapRef: {name: {{ include "donghaeng.name" .root }}}
env:
  - {name: RASA_CACHE_DIRECTORY, value: /tmp/rasa-cache}
{{- range $key, $optional := .secrets }}
  - name: {{ $key }}
    valueFrom: {secretKeyRef: {name: {{ $.root.Values.secretName }}, key: {{ $key }}, optional: {{ $optional }}}}
{{- end }}
{{- end }}

{{- define "donghaeng.mounts" -}}
- {name: tmp, mountPath: /tmp}
- {name: data, mountPath: /data}
{{- end }}

{{- define "donghaeng.volumes" -}}
- {name: tmp, emptyDir: {sizeLimit: 1Gi}}
- {name: data, emptyDir: {sizeLimit: 1Gi}}
{{- end }}

{{/* Service, autoscaler and disruption budget of one process. */}}
{{- define "donghaeng.around" -}}
{{- $values := index .root.Values .part -}}
{{- $name := printf "%s-%s" (include "donghaeng.name" .root) .part -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ $name }}
  labels: {{- include "donghaeng.labels" . | nindent 4 }}
spec:
  selector: {{- include "donghaeng.selector" . | nindent 4 }}
  ports:
    - {name: http, port: {{ $values.port }}, targetPort: http}
{{- if ne .part "rasa" }}
    - {name: metrics, port: {{ .root.Values.config.METRICS_PORT | int }}, targetPort: metrics}
{{- end }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ $name }}
  labels: {{- include "donghaeng.labels" . | nindent 4 }}
spec:
  maxUnavailable: {{ $values.maxUnavailable }}
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: {{- include "donghaeng.selector" . | nindent 6 }}
{{- if $values.autoscaling.enabled }}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ $name }}
  labels: {{- include "donghaeng.labels" . | nindent 4 }}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: {{ $name }}}
  minReplicas: {{ $values.autoscaling.min }}
  maxReplicas: {{ $values.autoscaling.max }}
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: {{ $values.autoscaling.cpu }}}}
  behavior:
    # Up at once when people come, down slowly: a new Rasa needs a minute to load its model.
    scaleUp: {stabilizationWindowSeconds: 0, policies: [{type: Percent, value: 100, periodSeconds: 60}]}
    scaleDown: {stabilizationWindowSeconds: 600, policies: [{type: Pods, value: 1, periodSeconds: 120}]}
{{- end }}
{{- end }}

{{/* The head of a Deployment's spec: how it rolls. */}}
{{- define "donghaeng.rolling" -}}
{{- $values := index .root.Values .part -}}
{{- if not $values.autoscaling.enabled }}
replicas: {{ $values.replicas }}
{{- end }}
revisionHistoryLimit: 5
# New ones must be ready before an old one goes; an old one finishes what it has begun (preStop, grace).
strategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 0, maxSurge: 1}}
minReadySeconds: 5
selector:
  matchLabels: {{- include "donghaeng.selector" . | nindent 4 }}
{{- end }}

{{- define "donghaeng.metadata" -}}
metadata:
  labels: {{- include "donghaeng.labels" . | nindent 4 }}
  annotations:
    # A changed configuration is a new roll-out.
    checksum/config: {{ toJson .root.Values.config | sha256sum }}
{{- end }}

{{- define "donghaeng.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector: {matchLabels: {{ include "donghaeng.selector" . | fromYaml | toJson }}}
{{- end }}
